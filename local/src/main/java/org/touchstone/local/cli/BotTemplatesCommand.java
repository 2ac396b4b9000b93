package org.touchstone.local.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.touchstone.mentions.platform.PlatformFactory;
import org.touchstone.mentions.platform.Traits;
import org.touchstone.mentions.platforms.Platforms;
import org.touchstone.mentions.templates.TemplateCheck;
import org.touchstone.mentions.templates.Templates;
import org.touchstone.mentions.templates.TextKey;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bot templates}. */
@Command(
    name = "templates",
    description = {
      "Prints the texts of the bot's replies, or with --check proves that every text is there in"
          + " every language and fits on every platform.",
      "Exit code 0: all is well; 1: the check found something."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone bot templates --check --folder texts"})
final class BotTemplatesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--check", description = "Check the texts instead of printing them.")
  private boolean check;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description =
          "Folder with texts that replace the bundled ones, such as en.json; see docs/bot.md.")
  private Path folder;

  @Override
  public Integer call() {
    Templates templates;
    try {
      templates = folder == null ? Templates.builtIn() : Templates.in(folder);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage());
    }
    var out = spec.commandLine().getOut();
    if (!check) {
      for (String language : templates.languages().keySet()) {
        out.println(language);
        for (TextKey key : TextKey.values()) {
          out.println(
              ResultTable.printable("  " + key.key() + ": " + templates.text(language, key)));
        }
      }
      out.flush();
      return ExitCode.ANALYSED;
    }
    Map<String, Traits> platforms =
        Platforms.all().stream()
            .collect(Collectors.toMap(PlatformFactory::name, PlatformFactory::traits));
    List<String> findings = TemplateCheck.findings(templates, platforms);
    findings.forEach(finding -> out.println(ResultTable.printable(finding)));
    if (findings.isEmpty()) {
      out.println(
          "Every text is there in "
              + String.join(", ", templates.languages().keySet())
              + " and fits on "
              + platforms.keySet().stream().sorted().collect(Collectors.joining(", "))
              + ".");
    }
    out.flush();
    return findings.isEmpty() ? ExitCode.ANALYSED : ExitCode.ANALYSIS_FAILED;
  }
}
