"""A store on the web: identifiers that resolve, a SPARQL endpoint, catalogue queries as resources, and pages."""
