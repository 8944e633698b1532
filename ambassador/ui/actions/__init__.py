"""What pages may change: dialogs and forms, one module per thing, each calling one service."""
