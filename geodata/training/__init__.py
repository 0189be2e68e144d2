"""How the weights are learned: `python -m geodata.training.toponyms` for names, `.metonymy` for how they are used."""

__all__ = ["metonymy", "toponyms"]
