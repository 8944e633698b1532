"""SamplingModel and selection on several machines: the extra ``cluster`` (Dask) is needed for all of it."""
