"""As many payments as asked for, to see how Holdfast does with much: many made-up publishers, each with its own layout.

The recipe, in whole numbers throughout, so that a seed gives the same bytes on every machine:

- **Publishers**: one for every 20,000 rows, six at least and four hundred at most. The *n*-th has 1/n of the rows of
  the first, and the layout that is next in turn (:mod:`holdfast.example.large.layouts`).
- **Months**: April 2022 to March 2025; a March has twice the rows of another month. A layout makes a file a month or
  a quarter.
- **Suppliers**: one for every 40 rows, 300 at least and a quarter of a million at most, each with a trade and a
  postcode that fits it. How many of the payments go to the first suppliers rises with the cube root of how many they
  are: the first ten of a thousand get a fifth. Three payments in ten go to suppliers in an order that all publishers
  share; each has an order of its own for the rest. Seven suppliers in eight are in the register.
- **Amounts**: £260 times 1.035 to a power that is the product of two even draws, up to 279: half of the payments are
  below £1,600, one in a hundred is above a million, and these hold a third of the money.
- **Spelling**: one of twelve ways of writing a name; one layout cuts names after thirty characters.
- **Categories**: those of the supplier's trade, the first twice as often as the second.
- Of a thousand payments thirty are refunds of a ninth, ten have no name (redacted), five are to persons.

What is in the files stands in ``expected.json``, by publisher.
"""

from holdfast.example.large.project import SEED, generate_large

__all__ = ["SEED", "generate_large"]
