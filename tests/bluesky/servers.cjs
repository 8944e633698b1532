// A directory of accounts (PLC) and a PDS on loopback, both empty; says where on one line, ends with its input.
const { mkdtempSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { createRequire } = require('node:module')

const need = createRequire(join(process.argv[2] ?? __dirname, 'package.json'))
const { PlcServer, Database } = need('@did-plc/server')
const { PDS, envToCfg, envToSecrets } = need('@atproto/pds')
const { Secp256k1Keypair } = need('@atproto/crypto')

async function main() {
  const place = mkdtempSync(join(tmpdir(), 'pds-'))
  const directory = PlcServer.create({ db: Database.mock(), port: 0 })
  const listening = await directory.start()
  const plcUrl = `http://localhost:${listening.address().port}`
  const key = await Secp256k1Keypair.create({ exportable: true })
  const port = Number(process.argv[3])
  const env = {
    port,
    hostname: 'localhost',
    devMode: true,
    dataDirectory: place,
    blobstoreDiskLocation: join(place, 'blobs'),
    didPlcUrl: plcUrl,
    serviceHandleDomains: ['.test'],
    inviteRequired: false,
    rateLimitsEnabled: false,
    jwtSecret: 'of-a-test',
    adminPassword: 'of-a-test',
    plcRotationKeyK256PrivateKeyHex: Buffer.from(await key.export()).toString('hex'),
  }
  const config = envToCfg(env)
  const pds = await PDS.create(config, envToSecrets(env))
  await pds.start()
  process.stdout.write(JSON.stringify({ pds: `http://localhost:${port}`, plc: plcUrl }) + '\n')
  process.stdin.resume()
  process.stdin.on('end', async () => {
    rmSync(place, { recursive: true, force: true })
    process.exit(0)
  })
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
