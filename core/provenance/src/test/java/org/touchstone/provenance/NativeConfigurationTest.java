package org.touchstone.provenance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static org.assertj.core.api.Assertions.assertThat;

import com.drew.metadata.Directory;
import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Json;

/** The configuration that a native executable needs is present. */
class NativeConfigurationTest {
  private static final String FOLDER =
      "/META-INF/native-image/org.touchstone/touchstone-provenance/";

  /** The library creates EXIF directories by reflection, which a native executable must be told. */
  @Test
  void everyDirectoryThatTheReaderOfExifMakesIsRegistered() throws IOException {
    List<String> directories =
        new ClassFileImporter()
            .importPackages("com.drew.metadata.exif").stream()
                .filter(assignableTo(Directory.class).and(not(modifier(JavaModifier.ABSTRACT))))
                .map(JavaClass::getName)
                .toList();

    assertThat(directories).hasSizeGreaterThan(40);
    assertThat(registered()).containsAll(directories);
  }

  @Test
  void theRecordsOfTheCatalogueAreRegistered() throws IOException {
    assertThat(registered())
        .contains(
            SignatureCatalogue.class.getName(),
            Signature.class.getName(),
            Signature.Condition.class.getName());
  }

  @Test
  void nothingIsRegisteredThatIsNotThere() throws IOException {
    assertThat(registered()).allSatisfy(name -> assertThat(Class.forName(name)).isNotNull());
  }

  @Test
  void theCatalogueIsRegistered() throws IOException {
    Pattern pattern =
        Pattern.compile(
            read("resource-config.json").at("/resources/includes/0/pattern").textValue());

    assertThat("org/touchstone/provenance/signatures.json").matches(pattern);
  }

  private static List<String> registered() throws IOException {
    List<String> names = new ArrayList<>();
    read("reflect-config.json").forEach(entry -> names.add(entry.path("name").textValue()));
    return names;
  }

  private static JsonNode read(String file) throws IOException {
    try (InputStream in = NativeConfigurationTest.class.getResourceAsStream(FOLDER + file)) {
      return Json.mapper().readTree(in);
    }
  }
}
