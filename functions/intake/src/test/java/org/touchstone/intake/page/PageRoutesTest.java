package org.touchstone.intake.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.touchstone.intake.access.Page;
import org.touchstone.intake.access.Public;

/** API Gateway has a route for each page: a page without one could not be opened. */
class PageRoutesTest {
  @Test
  void theRoutesThatAreDeployedAreThoseOfTheCode() throws IOException {
    Set<String> deployed = new TreeSet<>();
    for (var path : paths().properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(
              method ->
                  deployed.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey()));
    }

    assertThat(routes()).isNotEmpty().isEqualTo(deployed);
  }

  private static JsonNode paths() throws IOException {
    return new YAMLMapper().readTree(java.nio.file.Path.of("pages.yaml").toFile()).path("paths");
  }

  private static Set<String> routes() {
    Set<String> routes = new TreeSet<>();
    for (JavaClass resource :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.touchstone.intake.page")) {
      for (JavaMethod method : resource.getMethods()) {
        boolean isPage = method.isAnnotatedWith(Page.class) || method.isAnnotatedWith(Public.class);
        if (isPage && resource.isAnnotatedWith(Path.class)) {
          String path =
              join(
                  resource.getAnnotationOfType(Path.class).value(),
                  method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse(""));
          if (method.isAnnotatedWith(GET.class)) {
            routes.add("GET " + path);
          }
          if (method.isAnnotatedWith(POST.class)) {
            routes.add("POST " + path);
          }
        }
      }
    }
    return routes;
  }

  private static String join(String resource, String method) {
    String path = (resource + "/" + method).replaceAll("/+", "/");
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
