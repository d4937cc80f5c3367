"""REACH check of a bill of materials (物料清单核查): which lines name a listed substance, and what follows."""
