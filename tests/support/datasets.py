"""What two HDF5 files are compared by, for tests of the program."""
import h5py


def datasets(file):
    """Every dataset of a file by name: its type, shape and bytes, or its texts."""
    found = {}

    def keep(name, item):
        if isinstance(item, h5py.Dataset):
            values = item[...]
            found[name] = (values.shape, str(values.dtype), values.tobytes() if values.dtype.kind in "fiu" else [str(v) for v in values.ravel()])

    with h5py.File(file) as f:
        f.visititems(keep)
    return found
