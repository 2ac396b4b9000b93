package org.touchstone.emulators.lambda;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.touchstone.domain.Json;

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

  /**
   * The function of an image, as its Dockerfile starts it.
   *
   * @param dockerfile with {@code ENTRYPOINT} and {@code CMD} as JSON, and the class path in {@code
   *     -cp}
   * @param tmp the folder that it has instead of {@code /tmp}
   * @param classPath the libraries, which lie elsewhere here
   * @throws IOException when the file cannot be read or is not of this kind
   */
  public static ContainerFunction of(Path dockerfile, Path tmp, String classPath)
      throws IOException {
    List<String> start = instruction(dockerfile, "ENTRYPOINT");
    int end = start.indexOf("-cp");
    if (end < 1 || !start.getLast().equals(MAIN_CLASS)) {
      throw new IOException(dockerfile + " does not start Lambda's runtime interface client");
    }
    List<String> options =
        Stream.concat(
                start.subList(1, end).stream().map(option -> option.replace("/tmp/", tmp + "/")),
                Stream.of("-Djava.io.tmpdir=" + tmp))
            .toList();
    return new ContainerFunction(
        tmp, instruction(dockerfile, "CMD").getFirst(), options, classPath);
  }

  private static List<String> instruction(Path dockerfile, String name) throws IOException {
    String line =
        Files.readAllLines(dockerfile).stream()
            .filter(each -> each.startsWith(name + " "))
            .findFirst()
            .orElseThrow(() -> new IOException(dockerfile + " has no " + name));
    return Json.mapper().readValue(line.substring(name.length()), new TypeReference<>() {});
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
