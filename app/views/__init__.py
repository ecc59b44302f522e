"""What the site answers: one module for each kind of URL, each with `blueprint` and `urls(site)`."""
