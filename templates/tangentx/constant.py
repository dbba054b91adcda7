"""Helpers whose results carry no derivative."""

import tangentx.runtime as rt
from tangentx import callees
from tangentx.rules.declare import constant

# checks
constant(rt.check_inputs, rt.check_scalar, rt.check_cotangent, rt.check_tangent, rt.check_operators, rt.check_class, rt.check_field, rt.array_module)
constant(rt.check_apart, rt.check_distinct, rt.check_item, rt.check_once, rt.check_single, rt.check_view, rt.check_unshared, rt.check_no_list)
constant(callees.check_reader, callees.halves, callees.pushforward, callees.method)

# positions, weights, what a value is, and values cut off
constant(rt.layout, rt.inverse_axes, rt.repeated, rt.convolved, rt.swap_subscripts, rt.vector_order, rt.order)
constant(rt.is_array, rt.last_written, rt.zeros_like, rt.stop_gradient)
constant(rt.inserted, rt.insert_axis, rt.box_of_nonzeros, rt.first_places, rt.source_order)
