/** What an operator decides about a deployment, read from {@code touchstone.yaml} and checked. */
package org.touchstone.infra.config;
