"""An audit as a document: one report model decides, the writers only draw. No Qt."""
