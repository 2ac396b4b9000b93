package org.touchstone.emulators.stepfunctions.machine;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.touchstone.emulators.stepfunctions.api.Arns;
import org.touchstone.emulators.stepfunctions.api.ErrorCode;
import org.touchstone.emulators.stepfunctions.api.Page;
import org.touchstone.emulators.stepfunctions.api.StateMachineDescription;
import org.touchstone.emulators.stepfunctions.api.StateMachineException;
import org.touchstone.emulators.stepfunctions.asl.Definition;
import org.touchstone.emulators.stepfunctions.asl.DefinitionParser;
import org.touchstone.emulators.stepfunctions.asl.Diagnostic;
import org.touchstone.emulators.stepfunctions.asl.InvalidDefinitionException;
import org.touchstone.emulators.stepfunctions.asl.ResourceRules;
import org.touchstone.emulators.stepfunctions.store.Store;
import org.touchstone.emulators.stepfunctions.store.StoredMachine;

/** Creates, updates and finds state machines. Thread-safe. */
public final class MachineRegistry {
  private final Store store;
  private final ResourceRules resources;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<String, StoredMachine> machines = new TreeMap<>();
  private final Map<String, Definition> parsed = new ConcurrentHashMap<>();

  public MachineRegistry(Store store, ResourceRules resources, InstantSource clock) {
    this.store = store;
    this.resources = resources;
    this.clock = clock;
    store.machines().forEach(machine -> machines.put(machine.name(), machine));
  }

  /**
   * Creates a state machine; a repeated call for the same one changes nothing.
   *
   * @throws StateMachineException InvalidName, InvalidDefinition, StateMachineAlreadyExists
   */
  public StateMachineDescription create(String name, String definition, String roleArn) {
    Arns.requireName(name);
    parse(definition);
    lock.lock();
    try {
      StoredMachine existing = machines.get(name);
      if (existing != null) {
        if (existing.roleArn().equals(roleArn)
            && store.definition(existing.definitionId()).equals(definition)) {
          return describe(existing);
        }
        throw new StateMachineException(
            ErrorCode.STATE_MACHINE_ALREADY_EXISTS,
            "State Machine Already Exists: '" + Arns.stateMachine(name) + "'");
      }
      Instant now = now();
      return save(name, roleArn, definition, now, now);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Changes a state machine. Running executions keep the definition they began with.
   *
   * @param definition null to keep it
   * @param roleArn null to keep it
   * @throws StateMachineException InvalidArn, InvalidDefinition, StateMachineDoesNotExist
   */
  public StateMachineDescription update(String arn, String definition, String roleArn) {
    if (definition == null && roleArn == null) {
      throw new StateMachineException(
          ErrorCode.MISSING_REQUIRED_PARAMETER, "Either the definition or the role is required");
    }
    if (definition != null) {
      parse(definition);
    }
    lock.lock();
    try {
      StoredMachine existing = machine(arn);
      return save(
          existing.name(),
          roleArn == null ? existing.roleArn() : roleArn,
          definition == null ? store.definition(existing.definitionId()) : definition,
          existing.creationDate(),
          now());
    } finally {
      lock.unlock();
    }
  }

  private StateMachineDescription save(
      String name, String roleArn, String definition, Instant created, Instant updated) {
    String definitionId = store.saveDefinition(definition);
    StoredMachine machine =
        new StoredMachine(
            name, roleArn, definitionId, UUID.randomUUID().toString(), created, updated);
    store.save(machine);
    machines.put(name, machine);
    return describe(machine);
  }

  /**
   * @throws StateMachineException InvalidArn, StateMachineDoesNotExist
   */
  public StateMachineDescription describe(String arn) {
    return describe(machine(arn));
  }

  private StateMachineDescription describe(StoredMachine machine) {
    return new StateMachineDescription(
        machine.name(),
        store.definition(machine.definitionId()),
        machine.roleArn(),
        machine.revisionId(),
        machine.creationDate(),
        machine.updateDate());
  }

  /**
   * Lists the machines by name.
   *
   * @param token from an earlier page; null for the first
   */
  public Page<StoredMachine> list(int limit, String token) {
    lock.lock();
    try {
      List<StoredMachine> rest =
          List.copyOf((token == null ? machines : machines.tailMap(token, false)).values());
      List<StoredMachine> items = rest.subList(0, Math.min(limit, rest.size()));
      return new Page<>(items, items.size() == rest.size() ? null : items.getLast().name());
    } finally {
      lock.unlock();
    }
  }

  /**
   * The machine with that ARN.
   *
   * @throws StateMachineException InvalidArn, StateMachineDoesNotExist
   */
  public StoredMachine machine(String arn) {
    String name = Arns.stateMachineName(arn);
    lock.lock();
    try {
      StoredMachine machine = machines.get(name);
      if (machine == null) {
        throw new StateMachineException(
            ErrorCode.STATE_MACHINE_DOES_NOT_EXIST, "State Machine Does Not Exist: '" + arn + "'");
      }
      return machine;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A saved definition, ready to run.
   *
   * @throws StateMachineException InvalidDefinition, when this engine cannot run it
   */
  public Definition definition(String definitionId) {
    Definition known = parsed.get(definitionId);
    if (known == null) {
      known = parse(store.definition(definitionId));
      parsed.put(definitionId, known);
    }
    return known;
  }

  /** All faults of a definition; empty when this engine can run it. */
  public List<Diagnostic> validate(String definition) {
    try {
      DefinitionParser.parse(definition, resources);
      return List.of();
    } catch (InvalidDefinitionException e) {
      return e.diagnostics();
    }
  }

  private Definition parse(String definition) {
    try {
      return DefinitionParser.parse(definition, resources);
    } catch (InvalidDefinitionException e) {
      throw new StateMachineException(ErrorCode.INVALID_DEFINITION, e.getMessage());
    }
  }

  /**
   * Deletes the definitions that no machine uses.
   *
   * @param used ids of definitions to keep in any case, those of executions
   */
  public void forgetUnused(Set<String> used) {
    Set<String> kept = new HashSet<>(used);
    lock.lock();
    try {
      machines.values().forEach(machine -> kept.add(machine.definitionId()));
      store.retainDefinitions(kept);
    } finally {
      lock.unlock();
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
