"""The worklist of a run of the reanalysis: a page, a workbook and a digest."""
