"""The only code that knows the insides of MkDocs and static-i18n."""
