def init(*a): return 1
