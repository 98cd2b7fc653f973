"""Windows people see. Qt is an optional extra and is only loaded when one of them opens."""
