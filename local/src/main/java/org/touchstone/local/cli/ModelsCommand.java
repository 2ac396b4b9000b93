package org.touchstone.local.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code models}: the store of installed models. */
@Command(
    name = "models",
    description = "Lists, installs, imports, verifies, uploads and removes detector models.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  ./touchstone models list --available", "  ./touchstone models install"},
    subcommands = {
      ModelsListCommand.class,
      ModelsInstallCommand.class,
      ModelsImportCommand.class,
      ModelsVerifyCommand.class,
      ModelsOutdatedCommand.class,
      ModelsRollbackCommand.class,
      ModelsPushCommand.class,
      ModelsRosterCommand.class,
      ModelsRemoveCommand.class
    })
final class ModelsCommand {
  @Option(
      names = "--models",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Folder of installed models (default: models in $TOUCHSTONE_HOME or ~/.touchstone).")
  private Path models;

  Path folder() {
    return models != null ? models : StackMixin.home().resolve("models");
  }
}
