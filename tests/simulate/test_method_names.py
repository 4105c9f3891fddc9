"""The official method of poverty is named in the reader's language."""

from amparo.policy import countries, find_country
from amparo.population import load_mapping
from amparo.simulate.sources import shipped_mappings
from amparo.texts import LANGUAGES


def test_every_shipped_method_has_a_name_in_each_language() -> None:
    methods = [
        load_mapping(file).poverty for key in countries() for file in shipped_mappings(find_country(key)).values()
    ]
    named = [m for m in methods if m is not None]
    assert len(named) >= 6
    for method in named:
        assert len({method.names[language] for language in LANGUAGES}) == len(LANGUAGES), method.name
        assert method.name == method.names["es"]
