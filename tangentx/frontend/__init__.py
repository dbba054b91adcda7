"""From a function to the IR: source, refusal, desugaring, names, lowering."""
