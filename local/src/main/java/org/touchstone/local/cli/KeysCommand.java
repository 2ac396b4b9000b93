package org.touchstone.local.cli;

import picocli.CommandLine.Command;

/** {@code keys}: the API keys of this machine or of a deployment. */
@Command(
    name = "keys",
    description = {
      "Makes, lists, rotates and revokes API keys, and sets caps of their accounts: of this machine,"
          + " or with --deployment or --bucket of a deployment on AWS, with the credentials of the"
          + " AWS CLI.",
      "A key is shown once, when it is made; only its hash is stored. It belongs to an account,"
          + " which owns the analyses and stays when keys change."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./touchstone keys create --name bot --scopes analyse",
      "  ./touchstone keys create --deployment touchstone --name operator --scopes admin",
      "  ./touchstone keys list",
      "  ./touchstone keys rotate KEYID --overlap 24h",
      "  ./touchstone keys caps --analyses-per-day 500"
    },
    subcommands = {
      KeysCreateCommand.class,
      KeysListCommand.class,
      KeysRotateCommand.class,
      KeysRevokeCommand.class,
      KeysCapsCommand.class
    })
final class KeysCommand {}
