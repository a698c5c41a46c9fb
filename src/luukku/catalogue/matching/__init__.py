"""Matching of needs to services: a need in everyday words in, services with chances and reasons out.

Pure Python and numpy: no Django, no database. Two judges give opinions, a blend weighs them:

* words (`bywords`): a classifier over pieces of words and likeness to known phrases; always there;
* meaning (`bymeaning`): a classifier over sentence vectors of a language model, the extra `meaning`; one for all languages.

A third judge says whether anything fits at all (`blend.Doubt`). Everything is learnt from the catalogue: names, summaries,
keywords, everyday phrases, confirmed answers, and needs that nothing fits.

    from luukku.catalogue.matching.cards import CardText, Confirmed, Unfit, default_cards, default_unfit
    from luukku.catalogue.matching.embedding import Remembering, installed_embedder
    from luukku.catalogue.matching.evaluate import better_or_equal, evaluate, read_needs
    from luukku.catalogue.matching.reasons import said
    from luukku.catalogue.matching.store import from_bytes, load, save, to_bytes
    from luukku.catalogue.matching.train import train, version_of

    model = train(default_cards(), default_unfit(), (), installed_embedder())   # None: by words alone
    found = model.match("haluun pitää ruokakärryä torilla", "fi", top=5)        # Match(hits, fits); never an error
    said(found.hits[0].why, "fi")                                               # the reason as a sentence

For the default catalogue the slow part is shipped (`learnt`, data/learnt.npz) and training takes some seconds; after a change of
its words run `python -m luukku.catalogue.matching CACHE`. For an installation's own catalogue every text is embedded once: give `train` a
`Remembering(embedder, path)`, so that retraining embeds new texts only. `version_of` names what a model was trained on;
`better_or_equal` guards against taking a worse one into use, by figures on held-out phrases and answers (`model.proof`).
A model is safe to share between threads that only match.
"""
