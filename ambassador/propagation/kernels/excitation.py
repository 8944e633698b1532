"""How much earlier posts still excite, for a law of delays made of exponentials."""

import numpy as np

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.kernels.compiled import kernel


@kernel
def decay_sums(
    times: FloatArray, window: float, rates: FloatArray, before: FloatArray, after: FloatArray
) -> None:
    """Write, per post and rate b, the sum of exp(-b (t - s)) over the posts s before it; also at the end.

    Of posts at one moment each counts for those that stand after it. One pass (Ozaki 1979).
    """
    after[:] = 0.0
    last = times[0]
    for post in range(times.size):
        since = times[post] - last
        for k in range(rates.size):
            after[k] *= np.exp(-rates[k] * since)
            before[post, k] = after[k]
            after[k] += 1.0
        last = times[post]
    for k in range(rates.size):
        after[k] *= np.exp(-rates[k] * (window - last))
