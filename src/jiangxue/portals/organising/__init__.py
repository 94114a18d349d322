"""What is known of organisations: facts and papers, as institutions, the authority and the operator see them."""
