"""Who works for an organisation or the platform (人员): a page that institutions, authorities and the operator share."""
