package org.touchstone.infra.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.infra.Deployment.BARE;
import static org.touchstone.infra.Deployment.DEFAULT;
import static org.touchstone.infra.Deployment.FULL;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.touchstone.infra.Deployment;
import org.touchstone.infra.NeedsNode;

@NeedsNode
class EgressTest {
  private static final String POLICY = "AWS::NetworkFirewall::FirewallPolicy";

  private static JsonNode names(Deployment deployment) {
    return deployment.properties("AWS::NetworkFirewall::RuleGroup").stream()
        .map(group -> group.findValue("RulesSourceList"))
        .filter(list -> list != null)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isNotThereUnlessAsked() {
    assertThat(DEFAULT.properties("AWS::NetworkFirewall::Firewall")).isEmpty();
    assertThat(DEFAULT.properties("AWS::EC2::NatGateway")).isEmpty();
    assertThat(DEFAULT.function("resolve").has("VpcConfig")).isFalse();
  }

  @Test
  void letsOnlyAllowedNamesAndAwsPass() {
    assertThat(names(FULL).get("GeneratedRulesType").asText()).isEqualTo("ALLOWLIST");
    assertThat(Deployment.texts(names(FULL).get("Targets")))
        .containsExactly(".example.org", "x.com", ".amazonaws.com");
    assertThat(Deployment.texts(FULL.only(POLICY).findValue("StatefulDefaultActions")))
        .contains("aws:drop_established");
  }

  @Test
  void stopsDeniedNamesAndLetsTheRestPass() {
    assertThat(names(BARE).get("GeneratedRulesType").asText()).isEqualTo("DENYLIST");
    assertThat(Deployment.texts(names(BARE).get("Targets"))).containsExactly(".example.com");
    assertThat(BARE.only(POLICY).findValue("StatefulDefaultActions")).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "BARE"})
  void dropsWhatIsBoundForPrivateAddresses(Deployment deployment) {
    assertThat(deployment.properties("AWS::NetworkFirewall::RuleGroup"))
        .anyMatch(group -> group.toString().contains("drop ip $HOME_NET any -> [10.0.0.0/8"));
  }

  @ParameterizedTest
  @EnumSource(names = {"FULL", "BARE"})
  void leadsTheResolversTrafficThroughTheFirewallBothWays(Deployment deployment) {
    String subnet =
        deployment.function("resolve").get("VpcConfig").get("SubnetIds").get(0).get("Ref").asText();
    List<JsonNode> routes =
        deployment.properties("AWS::EC2::Route").stream()
            .filter(route -> route.has("VpcEndpointId"))
            .toList();
    assertThat(routes).hasSize(2);
    assertThat(routes)
        .anySatisfy(
            out -> {
              assertThat(out.get("DestinationCidrBlock").asText()).isEqualTo("0.0.0.0/0");
              assertThat(out.get("RouteTableId").get("Ref").asText())
                  .startsWith(subnet.substring(0, subnet.indexOf("Subnet1Subnet")));
            });
    assertThat(deployment.properties("AWS::EC2::Route"))
        .as("the resolver's subnet has no other way out")
        .filteredOn(r -> r.get("RouteTableId").get("Ref").asText().contains("function"))
        .allMatch(route -> route.has("VpcEndpointId"));
    assertThat(deployment.properties("AWS::Lambda::Function"))
        .filteredOn(function -> function.has("VpcConfig"))
        .as("what follows links, and what tells webhooks")
        .hasSize(2);
  }
}
