package org.touchstone.infra.upkeep;

import java.util.List;
import org.touchstone.infra.config.DeploymentConfig;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.constructs.Construct;

/**
 * Has the function {@code sweep} called every 15 minutes. A call that fails is repeated by the next
 * one, so the schedule itself repeats none.
 */
public final class Upkeep extends Construct {
  /** How often what is due is done. */
  public static final int MINUTES = 15;

  public Upkeep(Construct scope, String id, DeploymentConfig config, IFunction sweep) {
    super(scope, id);
    Role role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("scheduler.amazonaws.com"))
            .description("What the schedule of " + config.prefix() + "-sweep may do")
            .build();
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .actions(List.of("lambda:InvokeFunction"))
            .resources(List.of(sweep.getFunctionArn()))
            .build());
    CfnSchedule schedule =
        CfnSchedule.Builder.create(this, "Schedule")
            .name(config.prefix() + "-sweep")
            .description("Deletes what is due to be deleted")
            .scheduleExpression("rate(" + MINUTES + " minutes)")
            .flexibleTimeWindow(
                CfnSchedule.FlexibleTimeWindowProperty.builder().mode("OFF").build())
            .target(
                CfnSchedule.TargetProperty.builder()
                    .arn(sweep.getFunctionArn())
                    .roleArn(role.getRoleArn())
                    .input("{}")
                    .retryPolicy(
                        CfnSchedule.RetryPolicyProperty.builder()
                            .maximumEventAgeInSeconds(MINUTES * 60)
                            .maximumRetryAttempts(0)
                            .build())
                    .build())
            .build();
    // Before its role may call the function, a call would be refused.
    schedule.getNode().addDependency(role);
  }
}
