package org.touchstone.emulators.lambda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.touchstone.emulators.lambda.PackageClasses.Method;

/** Methods that Quarkus and its extensions replace or delete in a native executable. */
final class Substitutions {
  private static final String SVM = "Lcom/oracle/svm/core/annotate/";

  private final PackageClasses classes;
  private final Map<Method, Method> replaced = new HashMap<>();
  private final Set<Method> deleted = new HashSet<>();

  Substitutions(Map<String, byte[]> files, PackageClasses classes) {
    this.classes = classes;
    files.forEach(
        (name, content) -> {
          if (new String(content, ISO_8859_1).contains(SVM + "TargetClass;")) {
            read(classes.find(name));
          }
        });
  }

  /** The method that runs in place of this one; empty when it is deleted. */
  Optional<Method> of(Method method) {
    return deleted.contains(method)
        ? Optional.empty()
        : Optional.of(replaced.getOrDefault(method, method));
  }

  private void read(ClassNode node) {
    AnnotationNode target =
        annotation(node.visibleAnnotations, node.invisibleAnnotations, "TargetClass");
    if (target == null) {
      return;
    }
    String owner = null;
    for (int i = 0; i + 1 < target.values.size(); i += 2) {
      Object value = target.values.get(i + 1);
      switch ((String) target.values.get(i)) {
        case "value" -> owner = ((Type) value).getInternalName();
        case "className" -> owner = ((String) value).replace('.', '/');
        default -> {}
      }
    }
    if (owner == null) {
      return;
    }
    if (annotation(node.visibleAnnotations, node.invisibleAnnotations, "Delete") != null) {
      for (MethodNode method : classes.find(owner).methods) {
        deleted.add(new Method(owner, method.name, method.desc));
      }
    }
    for (MethodNode method : node.methods) {
      Method from = new Method(owner, method.name, method.desc);
      if (annotation(method.visibleAnnotations, method.invisibleAnnotations, "Delete") != null) {
        deleted.add(from);
      } else if (annotation(method.visibleAnnotations, method.invisibleAnnotations, "Substitute")
          != null) {
        replaced.put(from, new Method(node.name, method.name, method.desc));
      }
    }
  }

  private static AnnotationNode annotation(
      List<AnnotationNode> visible, List<AnnotationNode> invisible, String name) {
    return Stream.of(visible, invisible)
        .filter(Objects::nonNull)
        .flatMap(List::stream)
        .filter(a -> a.desc.equals(SVM + name + ";"))
        .findFirst()
        .orElse(null);
  }
}
