"""How the encoder of the second look is learned."""
