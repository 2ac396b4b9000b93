package org.touchstone.emulators.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.File;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** AWS' runtime interface client: the main class of Lambda's Java runtimes. */
final class RuntimeClient {
  private static final Pattern PARTS = Pattern.compile("aws-lambda-java-|utils-lite-");

  static final String MAIN_CLASS = AWSLambda.class.getName();

  /** The client and its dependencies, as they lie beside it in Lambda; no classes of Touchstone. */
  static final String CLASS_PATH =
      Arrays.stream(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
          .filter(entry -> PARTS.matcher(new File(entry).getName()).lookingAt())
          .collect(Collectors.joining(File.pathSeparator));

  private RuntimeClient() {}
}
