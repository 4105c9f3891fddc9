"""Social cohesion: the European Union's Laeken indicators, and frameworks of indicators as declarations."""
