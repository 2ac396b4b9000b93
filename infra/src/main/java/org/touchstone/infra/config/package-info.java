/** The operator's configuration of a deployment, read from {@code touchstone.yaml} and checked. */
package org.touchstone.infra.config;
