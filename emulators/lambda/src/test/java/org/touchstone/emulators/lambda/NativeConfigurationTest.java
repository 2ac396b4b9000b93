package org.touchstone.emulators.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.touchstone.domain.Json;

/**
 * Checks that a native executable has the configuration it needs. GraalVM does not see classes that
 * Jackson instantiates by reflection, resources, or class names in strings. Each of these is
 * searched for in the JVM package and compared with the registered ones.
 */
class NativeConfigurationTest {
  /** Read by Quarkus during the build, or by people; never by the function. */
  private static final Pattern NOT_READ =
      Pattern.compile("META-INF/.*|application\\.properties|.*\\.schema\\.json|quarkus.*|.*\\.so");

  /** Calls that name a class, a resource or a service in a way that GraalVM cannot see. */
  private static final Set<String> REFLECTIVE =
      Set.of(
          "java/lang/Class.forName",
          "java/lang/ClassLoader.loadClass",
          "java/lang/Class.getDeclaredField",
          "java/lang/Class.getDeclaredMethod",
          "java/lang/Class.getDeclaredConstructor",
          "java/lang/Class.getMethod",
          "java/lang/reflect/Proxy.newProxyInstance",
          "java/io/ObjectInputStream.readObject",
          "java/util/ResourceBundle.getBundle",
          "java/util/ServiceLoader.load");

  private static final Set<String> RESOURCES =
      Set.of("getResource", "getResourceAsStream", "getResources", "getSystemResourceAsStream");

  /**
   * Policies, signatures and presets are registered. Only a JVM package that carries ffmpeg's
   * preset reaches the last call.
   */
  private static final Set<String> KNOWN_CALLS =
      Set.of(
          "org.touchstone.domain.voting.PolicyReader getResourceAsStream",
          "org.touchstone.intake.page.Assets getResourceAsStream",
          "org.touchstone.intake.page.DocsPage getResourceAsStream",
          "org.touchstone.intake.page.Texts getResourceAsStream",
          "org.touchstone.partners.voter.Presets getResourceAsStream",
          "org.touchstone.provenance.trust.OfficialList getResourceAsStream",
          "org.touchstone.provenance.trust.TrustLists getResourceAsStream",
          "org.touchstone.provenance.SignatureCatalogue getResourceAsStream",
          "org.touchstone.resolver.probe.BundledFfmpeg getResource");

  /** Each with the reason why it is harmless. */
  private static final Map<String, String> KNOWN_LIBRARY_CALLS =
      Map.ofEntries(
          Map.entry(
              "com.adobe.internal.xmp.XMPMetaFactory getResources",
              "its own version, which is not used"),
          Map.entry(
              "org.apache.hc.client5.http.entity.BrotliDecompressingEntity forName",
              "asks whether Brotli's decoder is there; it is"),
          Map.entry(
              "org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader getResource",
              "registered in the resolver's resource-config.json"),
          Map.entry(
              "org.apache.hc.client5.http.ssl.ConscryptClientTlsStrategy forName",
              "a TLS implementation that is not used"),
          Map.entry(
              "org.apache.hc.client5.http.ssl.ConscryptClientTlsStrategy getMethod",
              "a TLS implementation that is not used"),
          Map.entry(
              "org.apache.hc.core5.io.SocketSupport forName",
              "keep-alive tuning, skipped where it is unavailable"),
          Map.entry(
              "org.apache.hc.core5.io.SocketSupport getMethod",
              "keep-alive tuning, skipped where it is unavailable"),
          Map.entry(
              "org.apache.hc.core5.util.ReflectionUtils getMethod",
              "the asynchronous client's ALPN; ours is the blocking one"),
          Map.entry(
              "org.apache.hc.core5.util.VersionInfo getResourceAsStream",
              "its own version; the user agent is ours"),
          Map.entry(
              "org.jsoup.helper.AuthenticationHandler forName",
              "jsoup's HTTP client, which is not used"),
          Map.entry(
              "org.jsoup.helper.RequestDispatch forName",
              "jsoup's HTTP client, which is not used"));

  /** The Java of the image that builds native functions. */
  private static final int NATIVE_JAVA_RELEASE = 25;

  /** The extension of the AWS SDK registers all of these, whether they are used or not. */
  private static final String EXECUTION_INTERCEPTOR =
      "software/amazon/awssdk/core/interceptor/ExecutionInterceptor";

  /**
   * Absent classes that reachable code names, by prefix. Each has the reason why the native build
   * does not fail: the walk over-estimates what is reachable, because it does not evaluate
   * conditions.
   */
  private static final Map<String, String> ABSENT =
      Map.ofEntries(
          Map.entry("org.graalvm.", "a part of GraalVM itself"),
          Map.entry("org.jboss.modules.", "JBoss Modules; jboss-logmanager looks for it first"),
          Map.entry("org.apache.log4j.", "jboss-logging asks for the log manager in use first"),
          Map.entry("org.apache.logging.log4j.", "as above"),
          Map.entry("com.github.luben.zstd.", "Netty asks whether this compression is there"),
          Map.entry("io.netty.internal.tcnative.", "Netty's TLS by OpenSSL, which is not used"),
          Map.entry("org.conscrypt.", "Netty's TLS by Conscrypt, which is not used"),
          Map.entry("io.netty.util.internal.CleanerJava9.", "Quarkus substitutes the class"),
          Map.entry(
              "org.bytedeco.javacpp.Loader",
              "BundledFfmpeg is used only by applications that carry the preset"));

  private static Collection<DeployedFunction> oneOfEachPackage() {
    return Stream.of(DeployedFunction.values())
        .collect(Collectors.toMap(DeployedFunction::module, f -> f, (first, other) -> first))
        .values();
  }

  private static FunctionPackage jvmPackage(DeployedFunction function) {
    FunctionPackage unpacked = Packages.of(function);
    assumeFalse(unpacked.isNative(), "a native package is tested by running it");
    return unpacked;
  }

  private static URLClassLoader loader(FunctionPackage function) throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(function.folder().toUri().toURL());
    try (Stream<Path> jars = Files.list(function.folder().resolve("lib"))) {
      for (Path jar : jars.toList()) {
        urls.add(jar.toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  @ParameterizedTest
  @MethodSource("oneOfEachPackage")
  void everyTypeThatJacksonReadsOrWritesIsRegistered(DeployedFunction function) throws Exception {
    FunctionPackage unpacked = jvmPackage(function);
    ClassScan ours = ClassScan.ours(unpacked);
    try (URLClassLoader loader = loader(unpacked)) {
      Set<String> needed = JsonTypes.of(ours, loader);

      assertThat(needed).contains("org.touchstone.domain.AnalysisRequest");
      assertThat(registered(ours)).containsAll(needed);
    }
  }

  @ParameterizedTest
  @MethodSource("oneOfEachPackage")
  void nothingIsRegisteredThatIsNotThere(DeployedFunction function) throws Exception {
    FunctionPackage unpacked = jvmPackage(function);
    try (URLClassLoader loader = loader(unpacked)) {
      assertThat(registered(ClassScan.ours(unpacked)))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(Class.forName(name, false, loader)).isNotNull());
    }
  }

  @ParameterizedTest
  @MethodSource("oneOfEachPackage")
  void everyResourceOfOursIsRegistered(DeployedFunction function) throws Exception {
    ClassScan ours = ClassScan.ours(jvmPackage(function));
    List<Pattern> included = included(ours);

    assertThat(ours.resources().keySet().stream().filter(name -> !NOT_READ.matcher(name).matches()))
        .allSatisfy(
            name -> assertThat(included).anyMatch(pattern -> pattern.matcher(name).matches()));
  }

  @ParameterizedTest
  @MethodSource("oneOfEachPackage")
  void ourCodeNamesNothingInAString(DeployedFunction function) {
    ClassScan ours = ClassScan.ours(jvmPackage(function));

    assertThat(callers(ours, "org/touchstone/")).isSubsetOf(KNOWN_CALLS);
  }

  @ParameterizedTest
  @MethodSource("oneOfEachPackage")
  void everyClassThatReachableCodeNamesIsThere(DeployedFunction function) throws Exception {
    FunctionPackage unpacked = jvmPackage(function);
    Map<String, byte[]> files = ClassScan.classFiles(unpacked, NATIVE_JAVA_RELEASE);
    Set<String> roots = new TreeSet<>(ClassScan.ours(unpacked).classes().keySet());
    roots.addAll(new PackageClasses(files).implementations(EXECUTION_INTERCEPTOR));

    Map<String, Set<String>> absent = LinkedClasses.absentFrom(files, roots);

    assertThat(absent.keySet())
        .as("with the methods that name them: %s", absent)
        .allMatch(name -> ABSENT.keySet().stream().anyMatch(name::startsWith));
  }

  /**
   * The libraries that no Quarkus extension configures. Check each new name, for example after an
   * update: does the function reach it, and is the name it uses registered?
   */
  @Test
  void librariesWithoutAnExtensionNameOnlyWhatIsKnown() {
    ClassScan libraries =
        ClassScan.libraries(
            jvmPackage(DeployedFunction.RESOLVE),
            "org.apache.httpcomponents",
            "org.jsoup",
            "com.drewnoakes",
            "com.adobe.xmp");

    assertThat(libraries.classes()).isNotEmpty();
    assertThat(callers(libraries, "")).isEqualTo(KNOWN_LIBRARY_CALLS.keySet());
  }

  private static Set<String> callers(ClassScan scan, String prefix) {
    Set<String> callers = new TreeSet<>();
    for (Map.Entry<String, ClassNode> entry : scan.classes().entrySet()) {
      boolean isGenerated =
          entry.getKey().contains("_Bean") || entry.getKey().contains("_Observer_");
      if (!entry.getKey().startsWith(prefix) || isGenerated) {
        continue;
      }
      for (MethodNode method : entry.getValue().methods) {
        for (var instruction : method.instructions) {
          if (instruction instanceof MethodInsnNode call && isReflective(call)) {
            callers.add(entry.getKey().replace('/', '.') + " " + call.name);
          }
        }
      }
    }
    return callers;
  }

  private static boolean isReflective(MethodInsnNode call) {
    return REFLECTIVE.contains(call.owner + "." + call.name)
        || (call.owner.startsWith("java/lang/Class") && RESOURCES.contains(call.name));
  }

  private static Set<String> registered(ClassScan ours) throws IOException {
    Set<String> names = new TreeSet<>();
    for (Map.Entry<String, byte[]> file : ours.resources().entrySet()) {
      if (file.getKey().endsWith("/reflect-config.json")) {
        for (JsonNode entry : Json.mapper().readTree(file.getValue())) {
          names.add(entry.path("name").asText());
        }
      }
    }
    for (ClassNode node : ours.classes().values()) {
      annotation(node, "Lio/quarkus/runtime/annotations/RegisterForReflection;")
          .ifPresent(
              annotation -> {
                List<?> targets = targets(annotation);
                if (targets.isEmpty()) {
                  names.add(node.name.replace('/', '.'));
                }
                targets.forEach(
                    target -> names.add(((org.objectweb.asm.Type) target).getClassName()));
              });
    }
    return names;
  }

  private static Optional<AnnotationNode> annotation(ClassNode node, String descriptor) {
    return Stream.of(node.visibleAnnotations, node.invisibleAnnotations)
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .filter(a -> a.desc.equals(descriptor))
        .findFirst();
  }

  private static List<?> targets(AnnotationNode annotation) {
    List<Object> values = annotation.values == null ? List.of() : annotation.values;
    int at = values.indexOf("targets");
    return at < 0 ? List.of() : (List<?>) values.get(at + 1);
  }

  private static List<Pattern> included(ClassScan ours) throws IOException {
    List<Pattern> patterns = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : ours.resources().entrySet()) {
      if (file.getKey().endsWith("/resource-config.json")) {
        for (JsonNode include : Json.mapper().readTree(file.getValue()).at("/resources/includes")) {
          patterns.add(Pattern.compile(include.path("pattern").asText()));
        }
      }
    }
    assertThat(patterns).as(() -> Arrays.toString(patterns.toArray())).isNotEmpty();
    return patterns;
  }
}
