"""Who says it: statements, speakers, quotations, numbers of dead by claimant."""
