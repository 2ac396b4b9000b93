package org.touchstone.local.cli;

import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.IVersionProvider;

/** The version this was built as. */
final class BuildVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "touchstone "
          + ConfigProvider.getConfig().getValue("quarkus.application.version", String.class)
    };
  }
}
