"""The intermediate representation: ``nodes`` (the grammar), ``walk`` (tools), ``show`` (printing), ``verify`` (checking)."""
