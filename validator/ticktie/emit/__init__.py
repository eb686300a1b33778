"""Facts out as XBRL: inline, instance, xBRL-JSON, xBRL-CSV, their taxonomy, and packages of these."""
