"""What staff add to the words that the search knows: other names, translations, names of standards, corrections.

``rules`` what a rule is · ``checks`` which rules are sound · ``effective`` the glossary that bundled data and rules
make together · ``aliases`` names of standards in a query · ``formats`` CSV and Solr files · ``live`` the glossary as
every process has it · ``preview`` what a rule would change · ``pushing`` the rules on their way to a cluster.
"""
