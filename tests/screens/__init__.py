"""Pictures of every page, dialog and report page of the sample business."""
