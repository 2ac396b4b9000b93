package org.touchstone.testing.deployment;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The routes that JAX-RS resources serve. */
final class Routes {
  private static final String PATH = "jakarta.ws.rs.Path";
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private Routes() {}

  /** Methods and paths, such as {@code GET /v1/analyses/{id}}. */
  static SortedSet<String> of(JavaClasses classes) {
    SortedSet<String> routes = new TreeSet<>();
    for (JavaClass each : classes) {
      for (JavaMethod method : each.getMethods()) {
        METHODS.stream()
            .filter(name -> method.isAnnotatedWith("jakarta.ws.rs." + name))
            .forEach(name -> routes.add(name + " " + path(each, method)));
      }
    }
    return routes;
  }

  private static String path(JavaClass resource, JavaMethod method) {
    return ("/" + path(resource) + "/" + path(method))
        .replaceAll("/+", "/")
        .replaceAll("(?<=.)/$", "");
  }

  private static String path(HasAnnotations<?> place) {
    return place.getAnnotations().stream()
        .filter(annotation -> annotation.getRawType().getName().equals(PATH))
        .map(Routes::value)
        .findFirst()
        .orElse("");
  }

  private static String value(JavaAnnotation<?> annotation) {
    return (String) annotation.get("value").orElseThrow();
  }
}
