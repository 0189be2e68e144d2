"""What is shown, as files that others can use: evidence with its sources, licences and the filter in words.

`formats` is the table of all; a format's file has one function, `write(evidence, of)`, which returns its bytes.
`evidence` has the rows that all of them are made from, `about` what each file says of itself.
"""
