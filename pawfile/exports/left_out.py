"""What is not in the file of a company, each with its reason. Everything else is, by itself."""

#: Table → why a company that moves does not take it along.
LEFT_OUT = {
    "account.EmailConfirmation": "Links in mails that ask for a proof; they are asked for again.",
    "accounts.Lockout": "Who is shut out of this server at the moment.",
    "auth.Group": "Nobody uses groups: a role says what a user may do.",
    "auth.Group_permissions": "Nobody uses groups: a role says what a user may do.",
    "auth.Permission": "Made by every installation for itself.",
    "contenttypes.ContentType": "Made by every installation for itself.",
    "exports.CompanyExport": "Files like this one that were asked for here, kept for a day.",
    "imports.ImportFile": "Uploaded files of other programs, forgotten after a week.",
    "imports.ImportJob": "Imports that are under way or were, forgotten after a week.",
    "imports.ImportStep": "What undoing an import needs, forgotten with it after a week.",
    "imports.ImportedRow": "What became of the rows of an import, forgotten after a week.",
    "profiles.ClientWord": "Words to search by, made anew out of clients and pets.",
    "search.Vocabulary": "Words to search by, made anew out of clients and pets.",
    "sessions.Session": "Who is signed in to this server at the moment.",
    "usersessions.UserSession": "Who is signed in to this server at the moment.",
}

#: Table → why it cannot come along when the secrets do not.
NEEDS_SECRETS = {
    "mfa.Authenticator": "A second factor without its secret would shut its owner out.",
}

#: Tables in which an installation has rows before anybody works with it; they make way.
MADE_BY_STARTING = ("options.SiteOptions", "jobs.Job", "jobs.PeriodicWork", "jobs.DailyWork")
