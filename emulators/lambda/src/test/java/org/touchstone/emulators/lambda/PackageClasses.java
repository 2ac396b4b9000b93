package org.touchstone.emulators.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The classes of a package, read when they are asked for, and behind them those of the JDK. */
final class PackageClasses {
  /** A method by the internal name of its class, its name and its descriptor. */
  record Method(String owner, String name, String descriptor) {
    String signature() {
      return name + descriptor;
    }
  }

  private final Map<String, byte[]> files;
  private final Map<String, ClassNode> parsed = new HashMap<>();
  private final Map<String, Map<String, MethodNode>> methods = new HashMap<>();
  private final Map<String, Set<String>> hierarchy = new HashMap<>();

  /**
   * @param files class files by internal name
   */
  PackageClasses(Map<String, byte[]> files) {
    this.files = files;
  }

  /** Whether the package itself has the class. */
  boolean contains(String type) {
    return files.containsKey(type);
  }

  /** Whether the package or the JDK has the class. */
  boolean exists(String type) {
    return find(type).name != null;
  }

  /** All classes of a package that can be instantiated as a type. */
  Set<String> implementations(String type) {
    Set<String> found = new TreeSet<>();
    for (String name : files.keySet()) {
      if ((new ClassReader(files.get(name)).getAccess() & Opcodes.ACC_ABSTRACT) == 0
          && allSupertypes(name).contains(type)) {
        found.add(name);
      }
    }
    return found;
  }

  /** A class of the package or, without its code, of the JDK; an empty node when it is absent. */
  ClassNode find(String name) {
    return parsed.computeIfAbsent(
        name,
        key -> {
          ClassNode node = new ClassNode();
          byte[] content = files.get(key);
          if (content != null) {
            new ClassReader(content).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return node;
          }
          try (InputStream in =
              ClassLoader.getPlatformClassLoader().getResourceAsStream(key + ".class")) {
            if (in != null) {
              new ClassReader(in).accept(node, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return node;
        });
  }

  /** A method of the package with its code. */
  Optional<MethodNode> body(Method method) {
    return contains(method.owner)
        ? Optional.ofNullable(methods(method.owner).get(method.signature()))
        : Optional.empty();
  }

  private Map<String, MethodNode> methods(String type) {
    return methods.computeIfAbsent(
        type,
        key -> {
          Map<String, MethodNode> bySignature = new HashMap<>();
          find(key).methods.forEach(method -> bySignature.put(method.name + method.desc, method));
          return bySignature;
        });
  }

  /** The method that a call on an object of this type runs, looked up as a JVM does. */
  Optional<Method> declaration(String type, String signature) {
    for (String name : allSupertypes(type)) {
      if (contains(name)) {
        MethodNode method = methods(name).get(signature);
        if (method != null && (method.access & Opcodes.ACC_ABSTRACT) == 0) {
          return Optional.of(new Method(name, method.name, method.desc));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the method is there, abstract or in the JDK; also when that cannot be known. */
  boolean isDeclared(Method method) {
    if (!contains(method.owner)) {
      return true;
    }
    for (String name : allSupertypes(method.owner)) {
      if (!exists(name) || methods(name).containsKey(method.signature())) {
        return true;
      }
    }
    return false;
  }

  /** The type itself, its superclasses in order, then all interfaces. */
  Set<String> allSupertypes(String type) {
    Set<String> known = hierarchy.get(type);
    if (known != null) {
      return known;
    }
    Set<String> all = new LinkedHashSet<>();
    Deque<String> interfaces = new ArrayDeque<>();
    for (String name = type; name != null; ) {
      all.add(name);
      ClassNode node = find(name);
      interfaces.addAll(node.interfaces);
      name = node.superName;
    }
    while (!interfaces.isEmpty()) {
      String name = interfaces.remove();
      if (all.add(name)) {
        interfaces.addAll(find(name).interfaces);
      }
    }
    hierarchy.put(type, all);
    return all;
  }

  /** The direct supertypes. */
  List<String> supertypes(String type) {
    ClassNode node = find(type);
    List<String> all = new ArrayList<>(node.interfaces);
    if (node.superName != null) {
      all.add(node.superName);
    }
    return all;
  }
}
