package org.touchstone.emulators.lambda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Follows the calls of a function from Touchstone's own and Quarkus' generated code through its
 * libraries, and finds the classes that are called for but absent.
 *
 * <p>A JVM links a class when it first runs the code that names it; a native executable is linked
 * when it is built, so there one absent optional class on a reachable path fails the build. The
 * walk stands in for that build. It is rapid type analysis: a virtual call reaches the overriding
 * methods of all types that reachable code instantiates, and a type that is instantiated can be
 * called back by the JDK through every method it inherits from there. Quarkus' substitutions
 * replace or delete methods as they do in the build.
 */
final class LinkedClasses {
  private static final String SVM = "Lcom/oracle/svm/core/annotate/";

  private record Method(String owner, String name, String descriptor) {
    String signature() {
      return name + descriptor;
    }
  }

  private final Map<String, byte[]> world;
  private final Map<String, ClassNode> parsed = new HashMap<>();
  private final Map<String, Map<String, MethodNode>> methods = new HashMap<>();
  private final Map<String, Set<String>> hierarchy = new HashMap<>();
  private final Map<Method, Method> replaced = new HashMap<>();
  private final Set<Method> deleted = new HashSet<>();

  private final Deque<Method> pending = new ArrayDeque<>();
  private final Set<Method> reached = new HashSet<>();
  private final Set<String> initialised = new HashSet<>();
  private final Set<String> instantiated = new LinkedHashSet<>();
  private final Map<String, Set<String>> instances = new HashMap<>();
  private final Map<String, Set<Method>> virtualCalls = new HashMap<>();
  private final Map<String, Set<String>> absent = new TreeMap<>();

  private LinkedClasses(Map<String, byte[]> world) {
    this.world = world;
    world.forEach(
        (name, content) -> {
          if (new String(content, ISO_8859_1).contains(SVM + "TargetClass;")) {
            readSubstitutions(find(name));
          }
        });
  }

  /**
   * Finds absent classes and methods.
   *
   * @param world all class files of a package, by internal name
   * @param roots classes whose methods can all be called
   * @return the name of each absent class or method that reachable code names, with the methods
   *     that name it
   */
  static Map<String, Set<String>> absentFrom(Map<String, byte[]> world, Set<String> roots) {
    LinkedClasses walk = new LinkedClasses(world);
    for (String root : roots) {
      walk.instantiate(root);
      walk.find(root).methods.forEach(m -> walk.reach(new Method(root, m.name, m.desc)));
    }
    walk.run();
    return walk.absent;
  }

  /** All classes of a package that can be instantiated as a type. */
  static Set<String> implementations(Map<String, byte[]> world, String type) {
    LinkedClasses walk = new LinkedClasses(world);
    Set<String> found = new TreeSet<>();
    for (String name : world.keySet()) {
      if ((new ClassReader(world.get(name)).getAccess() & Opcodes.ACC_ABSTRACT) == 0
          && walk.allSupertypes(name).contains(type)) {
        found.add(name);
      }
    }
    return found;
  }

  private void run() {
    while (!pending.isEmpty()) {
      Method method = pending.remove();
      body(method).ifPresent(node -> visit(method, node));
    }
  }

  private Optional<MethodNode> body(Method method) {
    return world.containsKey(method.owner)
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

  private void visit(Method from, MethodNode method) {
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      if (block.type != null) {
        name(from, block.type);
      }
    }
    for (AbstractInsnNode instruction : method.instructions) {
      switch (instruction) {
        case TypeInsnNode type -> {
          name(from, type.desc);
          if (type.getOpcode() == Opcodes.NEW) {
            initialise(type.desc);
            instantiate(type.desc);
          }
        }
        case FieldInsnNode field -> {
          name(from, field.owner);
          if (field.getOpcode() == Opcodes.GETSTATIC || field.getOpcode() == Opcodes.PUTSTATIC) {
            initialise(field.owner);
          }
        }
        case MethodInsnNode call ->
            call(from, call.getOpcode(), new Method(call.owner, call.name, call.desc));
        case MultiANewArrayInsnNode array -> name(from, array.desc);
        case LdcInsnNode constant -> constant(from, constant.cst);
        case InvokeDynamicInsnNode dynamic -> {
          // The object that a lambda becomes is called by whoever receives it.
          Stream.of(dynamic.bsmArgs).forEach(argument -> constant(from, argument));
          constant(from, dynamic.bsm);
        }
        default -> {}
      }
    }
  }

  private void constant(Method from, Object constant) {
    switch (constant) {
      case Type type when type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY ->
          name(from, type.getInternalName());
      case Handle handle -> {
        if (handle.getTag() <= Opcodes.H_PUTSTATIC) {
          name(from, handle.getOwner());
          initialise(handle.getOwner());
        } else {
          int opcode =
              switch (handle.getTag()) {
                case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
                case Opcodes.H_INVOKESPECIAL, Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
                case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
                default -> Opcodes.INVOKEVIRTUAL;
              };
          if (handle.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
            instantiate(handle.getOwner());
          }
          call(from, opcode, new Method(handle.getOwner(), handle.getName(), handle.getDesc()));
        }
      }
      case ConstantDynamic dynamic -> {
        constant(from, dynamic.getBootstrapMethod());
        for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
          constant(from, dynamic.getBootstrapMethodArgument(i));
        }
      }
      case null, default -> {}
    }
  }

  private void call(Method from, int opcode, Method target) {
    if (target.owner.startsWith("[")) {
      return;
    }
    name(from, target.owner);
    if (opcode == Opcodes.INVOKESTATIC) {
      initialise(target.owner);
    }
    Optional<Method> declared = declaration(target.owner, target.signature());
    declared.ifPresent(this::reach);
    if (declared.isEmpty() && !isDeclared(target)) {
      absent(from, target.owner + "." + target.name);
    }
    if ((opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE)
        && virtualCalls.computeIfAbsent(target.owner, key -> new HashSet<>()).add(target)) {
      // Types that are instantiated later look the call up themselves.
      for (String type : instances.getOrDefault(target.owner, Set.of())) {
        declaration(type, target.signature()).ifPresent(this::reach);
      }
    }
  }

  /** Whether the method is there, abstract or in the JDK; also when that cannot be known. */
  private boolean isDeclared(Method method) {
    if (!world.containsKey(method.owner)) {
      return true;
    }
    for (String name : allSupertypes(method.owner)) {
      if (find(name).name == null || methods(name).containsKey(method.signature())) {
        return true;
      }
    }
    return false;
  }

  /** The method that a call on an object of this type runs, looked up as a JVM does. */
  private Optional<Method> declaration(String type, String signature) {
    for (String name : allSupertypes(type)) {
      if (world.containsKey(name)) {
        MethodNode method = methods(name).get(signature);
        if (method != null && (method.access & Opcodes.ACC_ABSTRACT) == 0) {
          return Optional.of(new Method(name, method.name, method.desc));
        }
      }
    }
    return Optional.empty();
  }

  private void reach(Method method) {
    if (deleted.contains(method)) {
      return;
    }
    Method actual = replaced.getOrDefault(method, method);
    if (reached.add(actual)) {
      initialise(actual.owner);
      pending.add(actual);
    }
  }

  private void initialise(String type) {
    if (world.containsKey(type) && initialised.add(type)) {
      supertypes(find(type))
          .forEach(
              s -> {
                name(new Method(type, "its supertypes", ""), s);
                initialise(s);
              });
      reach(new Method(type, "<clinit>", "()V"));
    }
  }

  private void instantiate(String type) {
    if (!world.containsKey(type) || !instantiated.add(type)) {
      return;
    }
    initialise(type);
    for (String name : allSupertypes(type)) {
      instances.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(type);
      virtualCalls
          .getOrDefault(name, Set.of())
          .forEach(call -> declaration(type, call.signature()).ifPresent(this::reach));
      if (!world.containsKey(name)) {
        for (MethodNode method : find(name).methods) {
          if ((method.access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0
              && !method.name.startsWith("<")) {
            declaration(type, method.name + method.desc).ifPresent(this::reach);
          }
        }
      }
    }
  }

  private void name(Method from, String type) {
    String element = type;
    while (element.startsWith("[")) {
      element = element.substring(1);
    }
    if (element.length() < type.length()) {
      if (!element.startsWith("L")) {
        return;
      }
      element = element.substring(1, element.length() - 1);
    }
    if (find(element).name == null) {
      absent(from, element);
    }
  }

  private void absent(Method from, String name) {
    absent
        .computeIfAbsent(name.replace('/', '.'), key -> new TreeSet<>())
        .add(from.owner.replace('/', '.') + "." + from.name);
  }

  /** A class of the package or, without its code, of the JDK; an empty node when it is absent. */
  private ClassNode find(String name) {
    return parsed.computeIfAbsent(
        name,
        key -> {
          ClassNode node = new ClassNode();
          byte[] content = world.get(key);
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

  /** The type itself, its superclasses in order, then all interfaces. */
  private Set<String> allSupertypes(String type) {
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

  private static List<String> supertypes(ClassNode node) {
    List<String> all = new ArrayList<>(node.interfaces);
    if (node.superName != null) {
      all.add(node.superName);
    }
    return all;
  }

  private void readSubstitutions(ClassNode node) {
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
      for (MethodNode method : find(owner).methods) {
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
