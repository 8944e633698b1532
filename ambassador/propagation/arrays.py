"""Names for arrays by what they hold; numpy is all this needs, so kernels come here too."""

from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Float32Array = npt.NDArray[np.float32]
RealArray = npt.NDArray[np.floating]  # float32 or float64, as given: probabilities keep what they came as
Int64Array = npt.NDArray[np.int64]
Int32Array = npt.NDArray[np.int32]
Int16Array = npt.NDArray[np.int16]
IndexArray = npt.NDArray[np.signedinteger]  # int32 where the ties are few enough, else int64
UInt64Array = npt.NDArray[np.uint64]
UInt32Array = npt.NDArray[np.uint32]
UInt8Array = npt.NDArray[np.uint8]
BoolArray = npt.NDArray[np.bool_]
AnyArray = npt.NDArray[Any]
