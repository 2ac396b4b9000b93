package org.touchstone.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Which module may depend on which, read from the poms. Rules between packages of one module are
 * held by that module's own ArchitectureTest.
 */
class ReactorTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String OURS = "org.touchstone";

  /** Modules by the folder they lie in. */
  private static final Map<String, Module> MODULES = new LinkedHashMap<>();

  private record Dependency(String group, String artifact, boolean test) {}

  private record Module(String folder, String artifact, List<Dependency> dependencies) {}

  @BeforeAll
  static void readPoms() throws Exception {
    List<String> folders = new ArrayList<>(texts(pom("."), "module"));
    // Not built by default, but bound by the same rules.
    folders.addAll(List.of("bench", "lab"));
    for (String folder : Set.copyOf(folders)) {
      if (Files.exists(ROOT.resolve(folder).resolve("pom.xml"))) {
        MODULES.put(folder, module(folder));
      }
    }
  }

  @Test
  void readsEveryModule() {
    assertThat(MODULES)
        .containsKeys("core/domain", "functions/voting", "gpu-containers/detectors", "infra");
  }

  @Test
  void domainStandsOnNothingOfOurs() {
    assertThat(ours("core/domain")).isEmpty();
  }

  @Test
  void theGroundStandsOnTheGround() {
    assertThat(edges(in("core/"), in("core/").negate())).isEmpty();
  }

  @Test
  void functionsDoNotDependOnOneAnother() {
    // The bot is a user of the API like any other.
    assertThat(edges(in("functions/"), in("core/").negate()))
        .containsExactly("functions/mentions -> client/java");
  }

  @Test
  void infraDependsOnNoCodeOfOurs() {
    assertThat(edges(in("infra"), folder -> true)).isEmpty();
  }

  @Test
  void theClientStandsOnNothingOfOurs() {
    assertThat(edges(in("client/"), folder -> true)).isEmpty();
  }

  @Test
  void theMcpServerSpeaksWithTheApiByItsClientOnly() {
    assertThat(ours("mcp")).containsExactlyInAnyOrder("client/java", "core/formats");
  }

  @Test
  void nothingDependsOnLocalBenchOrLab() {
    Predicate<String> ends = in("local").or(in("bench")).or(in("lab"));
    // Benchmarks measure the local stack; nothing else may.
    assertThat(edges(in("bench").or(in("lab")).negate(), ends)).isEmpty();
  }

  @Test
  void whatIsDeployedHasNoEmulatorsAndNoTestMakers() {
    Predicate<String> deployed = in("core/").or(in("functions/")).or(in("gpu-containers/"));
    assertThat(edges(deployed, in("emulators/").or(in("testing")))).isEmpty();
  }

  @Test
  void detectorsAndModelsKnowNoAws() {
    for (String folder :
        List.of(
            "gpu-containers/models", "gpu-containers/detectors", "gpu-containers/checkpoints")) {
      assertThat(groups(folder)).as(folder).noneMatch(group -> group.startsWith("software.amazon"));
      assertThat(reached(folder)).as(folder).doesNotContain("core/storage");
    }
  }

  @Test
  void modelsHaveNoNativeCode() {
    assertThat(groups("gpu-containers/models"))
        .noneMatch(g -> g.startsWith("ai.djl") || g.startsWith("com.microsoft"))
        .noneMatch(g -> g.startsWith("org.bytedeco"));
  }

  @Test
  void theWorkerHasNoHttpServer() {
    assertThat(groups("gpu-containers/worker")).noneMatch(group -> group.startsWith("io.quarkus"));
  }

  @Test
  void theJudgeStandsOnTheGroundOnly() {
    assertThat(edges(in("gpu-containers/judge"), in("core/").negate())).isEmpty();
    assertThat(groups("gpu-containers/judge")).noneMatch(group -> group.startsWith("io.quarkus"));
  }

  @Test
  void onlyTheJudgeKnowsLanguageModels() {
    assertThat(MODULES.values())
        .filteredOn(
            module ->
                module.dependencies().stream()
                    .anyMatch(dependency -> dependency.group().startsWith("dev.langchain4j")))
        .extracting(Module::folder)
        .containsExactly("gpu-containers/judge");
  }

  @Test
  void onlyWhoFetchesHasAnHttpClient() {
    // The intake asks an organisation's sign-in, through the guarded fetcher.
    for (String folder : List.of("functions/voting", "functions/batches", "core/storage")) {
      assertThat(groups(folder))
          .as(folder)
          .noneMatch(g -> g.startsWith("org.apache.httpcomponents"));
    }
  }

  private static Predicate<String> in(String start) {
    return start.endsWith("/") ? folder -> folder.startsWith(start) : start::equals;
  }

  /** Dependencies in main scope from modules of one kind to modules of another. */
  private static List<String> edges(Predicate<String> from, Predicate<String> to) {
    return MODULES.keySet().stream()
        .filter(from)
        .flatMap(folder -> ours(folder).stream().filter(to).map(other -> folder + " -> " + other))
        .toList();
  }

  private static List<String> ours(String folder) {
    return MODULES.get(folder).dependencies().stream()
        .filter(dependency -> dependency.group().equals(OURS) && !dependency.test())
        .map(dependency -> folderOf(dependency.artifact()))
        .toList();
  }

  private static String folderOf(String artifact) {
    return MODULES.values().stream()
        .filter(module -> module.artifact().equals(artifact))
        .map(Module::folder)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no module " + artifact));
  }

  /** A module and all of ours that it depends on, also by way of others. */
  private static Set<String> reached(String folder) {
    Set<String> reached = new HashSet<>(Set.of(folder));
    ours(folder).forEach(other -> reached.addAll(reached(other)));
    return reached;
  }

  /** Groups of the libraries that a module and what it depends on name. */
  private static Set<String> groups(String folder) {
    Set<String> groups = new TreeSet<>();
    reached(folder).stream()
        .flatMap(other -> MODULES.get(other).dependencies().stream())
        .filter(dependency -> !dependency.test())
        .forEach(dependency -> groups.add(dependency.group()));
    return groups;
  }

  private static Module module(String folder) throws Exception {
    Element project = pom(folder).getDocumentElement();
    List<Dependency> dependencies = new ArrayList<>();
    for (Element list : children(project, "dependencies").toList()) {
      children(list, "dependency").forEach(element -> dependencies.add(dependency(element)));
    }
    return new Module(folder, text(project, "artifactId"), dependencies);
  }

  private static Dependency dependency(Element element) {
    String scope = text(element, "scope");
    return new Dependency(
        text(element, "groupId"),
        text(element, "artifactId"),
        scope.equals("test") || scope.equals("provided"));
  }

  private static Document pom(String folder) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(ROOT.resolve(folder).resolve("pom.xml").toFile());
  }

  private static List<String> texts(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent().strip());
    }
    return texts;
  }

  private static String text(Element parent, String name) {
    return children(parent, name).map(Node::getTextContent).findFirst().orElse("").strip();
  }

  private static Stream<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found.stream();
  }
}
