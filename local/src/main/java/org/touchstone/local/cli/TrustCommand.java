package org.touchstone.local.cli;

import picocli.CommandLine.Command;

/** {@code trust}: whom to believe about content credentials. */
@Command(
    name = "trust",
    description = {
      "Shows and updates the lists of those who vouch for signers of content credentials: C2PA's"
          + " own, makers of generators, the frozen interim list, and yours.",
      "Your own lists are two files in the folder: own.pem, certificates that you trust, and"
          + " distrusted.txt, SHA-256 of certificates that nobody can vouch for."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  ./touchstone trust show", "  ./touchstone trust update"},
    subcommands = {TrustShowCommand.class, TrustUpdateCommand.class})
final class TrustCommand {}
