package org.touchstone.infra.artefacts;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.infra.config.Compute;
import org.touchstone.infra.config.DeploymentConfig;
import org.touchstone.infra.config.DeploymentConfig.Architecture;
import org.touchstone.infra.config.DeploymentConfig.FunctionsConfig;
import org.touchstone.infra.config.DeploymentConfig.Mode;
import org.touchstone.infra.config.DeploymentConfig.Packaging;

/** The Maven runs that build what a configuration deploys, except images from elsewhere. */
public final class Builds {
  private Builds() {}

  /** The arguments of each Maven run, as one line. */
  public static List<String> of(DeploymentConfig config) {
    List<String> builds = new ArrayList<>();
    builds.add(functions(config));
    if (isBuiltHere(config, Compute.GPU)) {
      builds.add("package -Pgpu -pl gpu-containers/endpoint -am");
    }
    if (isBuiltHere(config, Compute.CPU) || (config.judge() != null && !hasImage(config))) {
      builds.add(
          "package -Djavacpp.platform="
              + platform(config.functions().architecture())
              + " -pl gpu-containers/lambda -am");
    }
    return builds;
  }

  /** The judge runs in the image of a CPU endpoint; without one, in an image that is built. */
  private static boolean hasImage(DeploymentConfig config) {
    return config.endpoints().stream()
        .anyMatch(endpoint -> endpoint.compute() == Compute.CPU && endpoint.image() != null);
  }

  private static boolean isBuiltHere(DeploymentConfig config, Compute compute) {
    return config.endpoints().stream()
        .anyMatch(endpoint -> endpoint.compute() == compute && endpoint.image() == null);
  }

  /** The name of processors in the names of native libraries' jars. */
  static String platform(Architecture architecture) {
    return architecture == Architecture.ARM64 ? "linux-arm64" : "linux-x86_64";
  }

  private static String functions(DeploymentConfig config) {
    FunctionsConfig functions = config.functions();
    boolean arm = functions.architecture() == Architecture.ARM64;
    List<String> profiles = new ArrayList<>();
    List<String> modules =
        new ArrayList<>(
            List.of(
                "functions/intake",
                "functions/voting",
                "functions/batches",
                "functions/webhooks",
                "functions/upkeep"));
    StringBuilder settings = new StringBuilder();
    if (functions.mode() == Mode.NATIVE) {
      profiles.add("native");
      settings.append(" -Dnative.platform=").append(arm ? "linux/arm64" : "linux/amd64");
    }
    if (!config.voters().isEmpty()) {
      modules.add("functions/partners");
    }
    if (config.billing() != null) {
      modules.add("functions/billing");
    }
    if (config.bot() != null) {
      modules.add("functions/mentions");
    }
    if (functions.resolverImage() == null) {
      modules.add("functions/resolver");
      if (functions.resolver() == Packaging.IMAGE) {
        profiles.add("image");
        settings.append(" -Dimage.platform=").append(platform(functions.architecture()));
      }
    }
    return "package"
        + (profiles.isEmpty() ? "" : " -P" + String.join(",", profiles))
        + settings
        + " -pl "
        + String.join(",", modules)
        + " -am";
  }
}
