package org.touchstone.emulators.lambda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.touchstone.emulators.lambda.PackageClasses.Method;

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
  private final PackageClasses classes;
  private final Substitutions substitutions;

  private final Deque<Method> pending = new ArrayDeque<>();
  private final Set<Method> reached = new HashSet<>();
  private final Set<String> initialised = new HashSet<>();
  private final Set<String> instantiated = new LinkedHashSet<>();
  private final Map<String, Set<String>> instances = new HashMap<>();
  private final Map<String, Set<Method>> virtualCalls = new HashMap<>();
  private final Map<String, Set<String>> absent = new TreeMap<>();

  private LinkedClasses(Map<String, byte[]> files) {
    this.classes = new PackageClasses(files);
    this.substitutions = new Substitutions(files, classes);
  }

  /**
   * Finds absent classes and methods.
   *
   * @param files all class files of a package, by internal name
   * @param roots classes whose methods can all be called
   * @return the name of each absent class or method that reachable code names, with the methods
   *     that name it
   */
  static Map<String, Set<String>> absentFrom(Map<String, byte[]> files, Set<String> roots) {
    LinkedClasses walk = new LinkedClasses(files);
    for (String root : roots) {
      walk.instantiate(root);
      walk.classes.find(root).methods.forEach(m -> walk.reach(new Method(root, m.name, m.desc)));
    }
    walk.run();
    return walk.absent;
  }

  private void run() {
    while (!pending.isEmpty()) {
      Method method = pending.remove();
      classes.body(method).ifPresent(node -> visit(method, node));
    }
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
    if (target.owner().startsWith("[")) {
      return;
    }
    name(from, target.owner());
    if (opcode == Opcodes.INVOKESTATIC) {
      initialise(target.owner());
    }
    Optional<Method> declared = classes.declaration(target.owner(), target.signature());
    declared.ifPresent(this::reach);
    if (declared.isEmpty() && !classes.isDeclared(target)) {
      absent(from, target.owner() + "." + target.name());
    }
    if ((opcode == Opcodes.INVOKEVIRTUAL || opcode == Opcodes.INVOKEINTERFACE)
        && virtualCalls.computeIfAbsent(target.owner(), key -> new HashSet<>()).add(target)) {
      // Types that are instantiated later look the call up themselves.
      for (String type : instances.getOrDefault(target.owner(), Set.of())) {
        classes.declaration(type, target.signature()).ifPresent(this::reach);
      }
    }
  }

  private void reach(Method method) {
    substitutions
        .of(method)
        .filter(reached::add)
        .ifPresent(
            actual -> {
              initialise(actual.owner());
              pending.add(actual);
            });
  }

  private void initialise(String type) {
    if (classes.contains(type) && initialised.add(type)) {
      classes
          .supertypes(type)
          .forEach(
              s -> {
                name(new Method(type, "its supertypes", ""), s);
                initialise(s);
              });
      reach(new Method(type, "<clinit>", "()V"));
    }
  }

  private void instantiate(String type) {
    if (!classes.contains(type) || !instantiated.add(type)) {
      return;
    }
    initialise(type);
    for (String name : classes.allSupertypes(type)) {
      instances.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(type);
      virtualCalls
          .getOrDefault(name, Set.of())
          .forEach(call -> classes.declaration(type, call.signature()).ifPresent(this::reach));
      if (!classes.contains(name)) {
        for (MethodNode method : classes.find(name).methods) {
          if ((method.access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0
              && !method.name.startsWith("<")) {
            classes.declaration(type, method.name + method.desc).ifPresent(this::reach);
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
    if (!classes.exists(element)) {
      absent(from, element);
    }
  }

  private void absent(Method from, String name) {
    absent
        .computeIfAbsent(name.replace('/', '.'), key -> new TreeSet<>())
        .add(from.owner().replace('/', '.') + "." + from.name());
  }
}
