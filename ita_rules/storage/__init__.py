"""The storage that the machines of a cluster share: finished runs and bodies, on a shared folder or in an object store.

    STORAGE/blobs/ab/cdef…                       bodies and the texts read from them, laid out as below OUT
    STORAGE/.cluster/nights/AGENCY/AUDIT.KEY.json  what came of an agency in an audit; written last
    STORAGE/.cluster/runs/AUDIT.KEY.TRY/…        the files of its run, where the storage knows no renaming
    STORAGE/AGENCY/TIME/…                        the files of its run on a shared folder, as below OUT
    STORAGE/.cluster/inputs/SHA256               what all workers need: rules, answers, exceptions
    STORAGE/.cluster/mark                        by which a machine knows that it sees the same storage

A run is there when its manifest is (`ita_rules.storage.nights`), and there is one manifest at most for an agency and an audit,
however often its job was done. Nothing here is changed after it was written.
"""
