package org.touchstone.emulators.lambda;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A function of a container image for a JVM: AWS' runtime interface client, which lies on the same
 * class path, runs a handler.
 *
 * @param folder the folder that it starts in
 * @param handler class and method, the image's {@code CMD}
 * @param options the JVM's options in the image's {@code ENTRYPOINT}
 * @param classPath the libraries of the image
 */
public record ContainerFunction(Path folder, String handler, List<String> options, String classPath)
    implements FunctionProgram {
  /** The class in the image's {@code ENTRYPOINT}. */
  public static final String MAIN_CLASS = RuntimeClient.MAIN_CLASS;

  public ContainerFunction {
    options = List.copyOf(options);
  }

  @Override
  public boolean isNative() {
    return false;
  }

  @Override
  public List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, MAIN_CLASS, handler));
    return List.copyOf(command);
  }
}
