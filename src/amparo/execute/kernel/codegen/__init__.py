"""From a graph to machine code: layout, lowering, error bounds, fusion, LLVM IR."""
